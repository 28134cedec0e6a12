// What the walk needs to know about routes: values for parameters, and what to expect there.
//
// A route that has a parameter without a value here fails the walk.

/** Values for parameters wherever they stand; the starter register has these records. */
export const values = {
  number: '7',
  slug: '7',
  seq: '1',
};

/**
 * Routes that need more than that, by their pattern:
 *   at:      the addresses to visit instead (a list, or a function of `given` that returns one)
 *   also:    addresses to visit as well
 *   status:  what is right there, such as 404; for one kind of reader: `{ visitor: 403 }`
 *   reading: false for a page that is worked with, where the 14 kB of a reading page do not bind
 */
export const routes = {};

/** Makes what the starter register has none of, before the walk begins, as the owner. */
export async function prepare(_given) {}
