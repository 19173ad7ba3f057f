/** What a verb is given to work on: arguments, files, standard input. */
@NullMarked
package dev.remora.cli.text;

import org.jspecify.annotations.NullMarked;
