@NullMarked
package dev.remora.server;

import org.jspecify.annotations.NullMarked;
