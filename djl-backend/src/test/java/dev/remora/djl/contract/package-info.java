/** What every engine must do, for the tests of each engine to inherit. */
@NullMarked
package dev.remora.djl.contract;

import org.jspecify.annotations.NullMarked;
