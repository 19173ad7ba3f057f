package dev.remora.chat;

import java.util.Iterator;

/**
 * What a lazy filter gives: elements that are computed when they are asked for, once.
 *
 * @param name Python's name of the function that makes them
 * @param elements the elements
 */
record Generator(String name, Iterator<Object> elements) {}
