package dev.remora.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Changes of a protobuf message field by field: what comes out can always be parsed. */
final class FuzzMessages {
  private static final List<String> TEXTS =
      List.of(
          "",
          "zip",
          "tar",
          "tar.gz",
          "tar.zst",
          "files",
          "none",
          "gzip",
          "zstd",
          "tokenizer.json",
          "../x",
          "/etc/passwd",
          "C:x",
          "a\\b",
          "a\u0000b",
          "▁",
          "<0x00>",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "E3B0C442",
          "x".repeat(100_000));

  private FuzzMessages() {}

  static Message mutated(Message message, Random random) {
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    Message.Builder builder = message.toBuilder();
    if (random.nextInt(8) == 0) {
      return builder.clearField(field).build();
    }
    if (!field.isRepeated()) {
      return builder.setField(field, value(field, message.getField(field), random)).build();
    }
    List<Object> values = new ArrayList<>((List<?>) message.getField(field));
    if (values.isEmpty()) {
      return builder.build();
    }
    int at = random.nextInt(values.size());
    switch (random.nextInt(4)) {
      case 0 -> values.remove(at);
      case 1 -> values.add(at, values.get(random.nextInt(values.size())));
      default -> values.set(at, value(field, values.get(at), random));
    }
    return builder.setField(field, values).build();
  }

  private static Object value(FieldDescriptor field, Object old, Random random) {
    return switch (field.getJavaType()) {
      case MESSAGE -> mutated((Message) old, random);
      case STRING -> text((String) old, random);
      case BYTE_STRING ->
          ByteString.copyFrom(FuzzBytes.mutated(((ByteString) old).toByteArray(), random));
      case INT -> (int) FuzzBytes.telling(random);
      case LONG -> FuzzBytes.telling(random);
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      case BOOLEAN -> random.nextBoolean();
      case ENUM -> {
        var values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
    };
  }

  private static String text(String old, Random random) {
    String other = TEXTS.get(random.nextInt(TEXTS.size()));
    return switch (random.nextInt(3)) {
      case 0 -> old + other;
      case 1 -> old.toUpperCase(Locale.ROOT);
      default -> other;
    };
  }
}
