// A mail server for one script: takes every letter, delivers none.
import { createServer } from 'node:net';

export class Mailbox {
  /** Listens on the port that the server was told to send to. */
  static async open(port) {
    if (!port) throw new Error('this script needs the line “// mail: yes” near its top');
    const mailbox = new Mailbox();
    mailbox.letters = [];
    mailbox.sockets = new Set();
    mailbox.listener = createServer((socket) => mailbox.talk(socket));
    await new Promise((done, failed) => {
      mailbox.listener.once('error', failed).listen(port, '127.0.0.1', done);
    });
    return mailbox;
  }

  /** The newest letter to this address, waiting up to ten seconds for it. */
  async next(to) {
    for (let tries = 0; tries < 100; tries += 1) {
      const at = this.letters.findIndex((letter) => letter.to.includes(to));
      if (at >= 0) return this.letters.splice(at, 1)[0];
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no letter to ${to} came within ten seconds`);
  }

  async close() {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.listener.close(done));
  }

  talk(socket) {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => {});
    const talk = { to: [], body: undefined, rest: '' };
    socket.setEncoding('utf8').write('220 mailbox\r\n');
    socket.on('data', (data) => {
      const lines = (talk.rest + data).split('\r\n');
      talk.rest = lines.pop();
      for (const line of lines) this.hear(line, talk, socket);
    });
  }

  hear(line, talk, socket) {
    if (talk.body) {
      if (line !== '.') return void talk.body.push(line.replace(/^\.\./, '.'));
      this.letters.push(letter(talk.to, talk.body.join('\r\n')));
      talk.body = undefined;
      talk.to = [];
      return void socket.write('250 taken\r\n');
    }
    const [word] = line.toUpperCase().split(/[ :]/);
    if (word === 'RCPT') talk.to.push(/<(.*)>/.exec(line)?.[1] ?? line);
    if (word === 'DATA') talk.body = [];
    if (word === 'QUIT') return void socket.end('221 bye\r\n');
    socket.write(word === 'DATA' ? '354 go on\r\n' : word === 'EHLO' ? '250-mailbox\r\n250 8BITMIME\r\n' : '250 yes\r\n');
  }
}

/** A letter as a reader sees it: `{ to, subject, text, links }`. */
function letter(to, source) {
  const [head, ...rest] = source.split('\r\n\r\n');
  const header = (name) => new RegExp(`^${name}: *(.*(?:\r\n[ \t].*)*)`, 'im').exec(head)?.[1] ?? '';
  const text = decoded(rest.join('\r\n\r\n'), header('content-transfer-encoding'));
  return { to, subject: header('subject'), text, links: text.match(/https?:\/\/[^\s<>"]+/g) ?? [], source };
}

function decoded(body, encoding) {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
