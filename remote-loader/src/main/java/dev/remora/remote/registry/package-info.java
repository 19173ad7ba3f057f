/**
 * What {@link dev.remora.remote.registry.RegistryEntry} keeps for each name of a registry: shared
 * tokenizers and their leases, the load under way, the last failure (rules R1, R2). Internal.
 */
@NullMarked
package dev.remora.remote.registry;

import org.jspecify.annotations.NullMarked;
