/**
 * Ids in, ids out: {@link dev.remora.sglang.SglangClient} asks an SGLang worker to generate, and
 * hands on what it generates as it comes.
 */
@NullMarked
package dev.remora.sglang;

import org.jspecify.annotations.NullMarked;
