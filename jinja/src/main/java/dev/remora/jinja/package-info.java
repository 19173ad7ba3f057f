/**
 * The part of Jinja that chat templates use, as Jinja2's {@code ImmutableSandboxedEnvironment}
 * evaluates it: without reflection, without access to files or classes, and within limits. {@link
 * dev.remora.jinja.JinjaTemplate} is parsed once and rendered many times.
 */
@NullMarked
package dev.remora.jinja;

import org.jspecify.annotations.NullMarked;
