package dev.remora.chat.response.grammar;

import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.value.ContentReader;
import dev.remora.chat.response.value.Transform;
import org.jspecify.annotations.Nullable;

/**
 * One field of a message: where its text stands in a reply, and what is made of it.
 *
 * @param name its name in the message
 * @param open what its text begins after; null for the field of all text that no other takes
 * @param close what ends its text; null if only the end of the reply does
 * @param content how its text is read
 * @param repeats whether the values of several texts are kept
 * @param join what stands between several texts that are kept as one; null if they make a list
 * @param required whether a reply without it is malformed
 * @param transform the shape of its value; null for the value as it was read
 * @param each whether it is the shape of each item of the value
 */
record FieldRule(
    String name,
    @Nullable PythonPattern open,
    @Nullable PythonPattern close,
    ContentReader content,
    boolean repeats,
    @Nullable String join,
    boolean required,
    @Nullable Transform transform,
    boolean each) {}
