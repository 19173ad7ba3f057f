/** What all verbs of the command have in common. */
@NullMarked
package dev.remora.cli.verb;

import org.jspecify.annotations.NullMarked;
