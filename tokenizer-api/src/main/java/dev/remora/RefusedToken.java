package dev.remora;

/**
 * An added token that stands in a text and was not recognised there, as a character of it is not
 * trusted: it was encoded like any other text.
 *
 * @param start where its spelling begins, as a UTF-16 index, inclusive
 * @param end where it ends, as a UTF-16 index, exclusive
 * @param id the id that it would have had
 */
public record RefusedToken(int start, int end, int id) {}
