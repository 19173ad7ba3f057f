package dev.remora.cli.source;

import dev.remora.ReferenceVersion;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a version of tokenizers, such as {@code 0.23}. */
final class ReferenceConverter implements ITypeConverter<ReferenceVersion> {
  @Override
  public ReferenceVersion convert(String value) {
    return ReferenceVersion.of(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + value + "' is none of " + Arrays.toString(ReferenceVersion.values())));
  }
}
