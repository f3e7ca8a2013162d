/** Injects the `Pool` of the register's database, for what is read and written beside the event store. */
export const POOL = Symbol('Pool');
