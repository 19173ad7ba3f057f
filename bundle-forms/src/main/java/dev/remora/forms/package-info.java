/**
 * Turns the files of a bundle, whatever their form, into one {@link
 * dev.remora.core.definition.TokenizerDefinition}: {@link dev.remora.forms.BundleForms} is the way
 * in.
 */
@NullMarked
package dev.remora.forms;

import org.jspecify.annotations.NullMarked;
