/**
 * What {@link dev.remora.remote.workers.ModelGroup} keeps for each model of a router: its workers,
 * what they serve, which content is the model's (rules W1, W2). Internal.
 */
@NullMarked
package dev.remora.remote.workers;

import org.jspecify.annotations.NullMarked;
