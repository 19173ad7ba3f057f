/**
 * Remora in Spring Boot: {@link dev.remora.spring.RemoraModels} gives the tokenizers that {@link
 * dev.remora.spring.RemoraProperties} name.
 */
@NullMarked
package dev.remora.spring;

import org.jspecify.annotations.NullMarked;
