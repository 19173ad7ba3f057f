package dev.remora.conformance;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The examples of a page of documentation, and their compilation. */
public final class PageExamples {
  private PageExamples() {}

  /**
   * The blocks of a page whose fence has exactly these words, in order.
   *
   * @param page a Markdown file
   * @param words what follows the three backticks, such as {@code java}
   */
  public static List<String> of(Path page, String words) throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("```" + Pattern.quote(words) + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(page));
    while (blocks.find()) {
      examples.add(blocks.group(1));
    }
    return examples;
  }

  /**
   * Compiles a source with the class path of this process.
   *
   * @param folder where the source and the classes are written
   * @param name the full name of its public class
   * @throws AssertionError with the compiler's messages if it does not compile
   */
  public static Class<?> compile(Path folder, String name, String source) throws Exception {
    Path file = folder.resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    String classPath = System.getProperty("java.class.path");
    List<String> options =
        List.of("-parameters", "-proc:none", "-classpath", classPath, "-d", folder.toString());
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                    .getJavaFileObjects(file))
            .call();
    if (!compiled) {
      throw new AssertionError(messages.toString());
    }
    URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    return loader.loadClass(name);
  }
}
