/** Injects the name of the register's own stream. */
export const REGISTER_STREAM = Symbol('RegisterStream');
