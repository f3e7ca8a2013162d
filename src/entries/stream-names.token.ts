/** Injects the register's `StreamNames`. */
export const STREAM_NAMES = Symbol('StreamNames');
