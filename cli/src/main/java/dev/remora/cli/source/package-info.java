/** Where tokenizers come from: workers, directories, and how they are asked. */
@NullMarked
package dev.remora.cli.source;

import org.jspecify.annotations.NullMarked;
