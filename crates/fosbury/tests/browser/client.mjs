// A client without a browser: cookies, the Origin that forms need, and nothing followed unasked.

export class Client {
  constructor(base) {
    this.base = base;
    this.cookies = new Map();
  }

  get(path) {
    return this.send(path, {});
  }

  /** Sends a form as a browser would from a page of the site. */
  post(path, form) {
    const headers = { origin: this.base, 'content-type': 'application/x-www-form-urlencoded' };
    return this.send(path, { method: 'POST', headers, body: form.toString() });
  }

  /** The answer, its body read: `{ status, headers, body, text, location }`. */
  async send(path, options) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie ? { cookie } : {}) };
    const response = await fetch(new URL(path, this.base), { ...options, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    // A stream of what others write goes on for minutes: that it begins is enough.
    const isStream = /event-stream/.test(response.headers.get('content-type') ?? '');
    if (isStream) await response.body.cancel();
    const body = Buffer.from(isStream ? '' : await response.arrayBuffer());
    const moved = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      kind: response.headers.get('content-type') ?? '',
      location: moved ? moved.replace(this.base, '') : undefined,
      body,
      text: body.toString('utf8'),
    };
  }

  /** Follows what an answer points to, five times at most. */
  async follow(answer) {
    let last = answer;
    for (let hops = 0; hops < 5 && last.location && last.status >= 300 && last.status < 400; hops += 1) {
      last = await this.get(last.location);
    }
    return last;
  }

  keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (!name) return;
    if (value && !/max-age=0(;|$)/i.test(line)) this.cookies.set(name, value);
    else this.cookies.delete(name);
  }
}
