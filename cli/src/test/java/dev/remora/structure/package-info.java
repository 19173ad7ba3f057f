/** Tests of how the modules are built, over the class files of all of them. */
@NullMarked
package dev.remora.structure;

import org.jspecify.annotations.NullMarked;
