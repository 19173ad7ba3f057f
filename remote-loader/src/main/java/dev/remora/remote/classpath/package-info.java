/** What the loader needs of the application's class path, and what stands there instead. */
@NullMarked
package dev.remora.remote.classpath;

import org.jspecify.annotations.NullMarked;
