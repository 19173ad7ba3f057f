package dev.remora.chat.encoding.kimi;

import dev.remora.chat.encoding.BoundedText;
import dev.remora.jinja.PythonStrings;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A type of TypeScript, as Kimi K2.5's tools are declared in. */
sealed interface SchemaType {
  /** One level. */
  String INDENT = "  ";

  /** What a schema says that no type can; the tools are then written as JSON. */
  final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;

    Unsupported() {
      super(null, null, false, false); // caught where the declarations are asked for
    }
  }

  /**
   * What a comment before the type says.
   *
   * @param description may be empty
   * @param constraints may be empty
   */
  record Remarks(String description, String constraints) {
    static final Remarks NONE = new Remarks("", "");

    /** The lines of the comment. */
    String comment(String indent) {
      return (description.isEmpty() ? "" : commentLines(description, indent) + "\n")
          + (constraints.isEmpty() ? "" : indent + "// " + constraints + "\n");
    }
  }

  /** A comment of several lines; those without text have no mark. */
  static String commentLines(String text, String indent) {
    return Stream.of(text.split("\n", -1))
        .map(line -> line.isEmpty() ? "" : indent + "// " + line)
        .collect(Collectors.joining("\n"));
  }

  /** What a comment before it says. */
  Remarks remarks();

  /** Writes it; what stands in lines of its own is indented. */
  void write(String indent, BoundedText out);

  /** A type that is a name, or several. */
  record Named(String name, Remarks remarks) implements SchemaType {
    static Named of(String name) {
      return new Named(name, Remarks.NONE);
    }

    @Override
    public void write(String indent, BoundedText out) {
      out.append(name);
    }
  }

  /** One of several types. */
  record AnyOf(List<SchemaType> types, Remarks remarks) implements SchemaType {
    @Override
    public void write(String indent, BoundedText out) {
      for (int index = 0; index < types.size(); index++) {
        out.append(index == 0 ? "" : " | ");
        types.get(index).write(indent, out);
      }
    }
  }

  /** An array. */
  record ArrayType(SchemaType item, Remarks remarks) implements SchemaType {
    @Override
    public void write(String indent, BoundedText out) {
      String inner = indent + INDENT;
      String comment = item.remarks().comment(inner);
      if (comment.isEmpty()) {
        out.append("Array<");
        item.write(indent, out);
        out.append(">");
      } else {
        out.append("Array<\n").append(comment).append(inner);
        item.write(inner, out);
        out.append("\n").append(indent).append(">");
      }
    }
  }

  /**
   * A member of an object.
   *
   * @param byDefault its default as Python spells it; empty for none
   */
  record Property(String name, SchemaType type, boolean optional, String byDefault) {
    /** Required ones first, each kind by name. */
    static final Comparator<Property> ORDER =
        Comparator.comparing(Property::optional)
            .thenComparing(Property::name, PythonStrings::compare);

    void write(String indent, BoundedText out) {
      out.append(type.remarks().comment(indent));
      if (!byDefault.isEmpty()) {
        out.append(indent).append("// Default: ").append(byDefault).append("\n");
      }
      out.append(indent).append(name).append(optional ? "?: " : ": ");
      type.write(indent, out);
    }
  }

  /**
   * An object.
   *
   * @param properties in the order of the schema
   * @param others the type of members that are not named; null for none
   */
  record ObjectType(List<Property> properties, @Nullable SchemaType others, Remarks remarks)
      implements SchemaType {
    @Override
    public void write(String indent, BoundedText out) {
      write(properties.stream().sorted(Property.ORDER).toList(), others, indent, out);
    }

    /** The same without {@link #others()}, and in the order of the schema. */
    void writeInOrder(BoundedText out) {
      write(properties, null, "", out);
    }

    private static void write(
        List<Property> properties, @Nullable SchemaType others, String indent, BoundedText out) {
      String inner = indent + INDENT;
      String separator = "\n";
      out.append("{");
      for (Property property : properties) {
        out.append(separator);
        property.write(inner, out);
        separator = ",\n";
      }
      if (others != null) {
        out.append(separator).append(inner).append("[k: string]: ");
        others.write(inner, out);
        separator = ",\n";
      }
      out.append(separator.equals("\n") ? "" : "\n" + indent).append("}");
    }
  }
}
