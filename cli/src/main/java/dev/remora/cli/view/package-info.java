/** How encodings and prompts are shown: in colour, as JSON, on a page. */
@NullMarked
package dev.remora.cli.view;

import org.jspecify.annotations.NullMarked;
