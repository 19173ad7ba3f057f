package dev.remora.chat;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dict give.
 *
 * @param type Python's name of the type, such as {@code dict_keys}
 * @param items what it holds
 */
record View(String type, List<Object> items) {}
