/** Injects the register's `EventStore`. */
export const EVENT_STORE = Symbol('EventStore');
