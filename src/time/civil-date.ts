/** A day in Asia/Tokyo, as days since 1970-01-01 of the proleptic Gregorian calendar. */
export type CivilDate = number & { readonly CivilDate: unique symbol };
