@NullMarked
package dev.remora.core.vocabulary;

import org.jspecify.annotations.NullMarked;
