/**
 * From a call to verified bytes: a {@code WorkerCall} yields raw messages, the first of which tells
 * the dialect; a {@code BundleStream} of that dialect collects them under the limits and checks the
 * fingerprint (rules A1 to C2). Internal.
 */
@NullMarked
package dev.remora.remote.stream;

import org.jspecify.annotations.NullMarked;
