package dev.remora.remote;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.springframework.boot.loader.launch.JarLauncher;

/**
 * An application in one jar, as Spring Boot lays it out: everything on the class path as jars,
 * stored, in BOOT-INF/lib, and the classes that read them at the root.
 */
final class NestedJar {
  private final JarOutputStream jar;
  private final Set<String> names = new HashSet<>();

  private NestedJar(JarOutputStream jar) {
    this.jar = jar;
  }

  /** Puts the whole class path of this process into a jar that starts with a main class. */
  static Path ofClassPath(Path target, Class<?> main) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, JarLauncher.class.getName());
    attributes.putValue("Start-Class", main.getName());
    try (OutputStream out = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      NestedJar nested = new NestedJar(jar);
      for (String folder : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
        nested.put(folder, new byte[0]); // the launcher looks for them
      }
      nested.unpack(
          Path.of(JarLauncher.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        nested.add(Path.of(entry));
      }
    }
    return target;
  }

  private void add(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      put("BOOT-INF/lib/classes" + names.size() + ".jar", jarOf(entry));
    } else if (Files.exists(entry)) {
      put("BOOT-INF/lib/" + entry.getFileName(), Files.readAllBytes(entry));
    }
  }

  /** A jar of its own for each directory: several may have the same file of META-INF/services. */
  private static byte[] jarOf(Path directory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream classes = new JarOutputStream(bytes)) {
      for (Path file : filesOf(directory)) {
        String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
        classes.putNextEntry(new ZipEntry(name));
        classes.write(Files.readAllBytes(file));
        classes.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private void unpack(Path library) throws IOException {
    try (JarFile classes = new JarFile(library.toFile())) {
      for (JarEntry entry :
          classes.stream().filter(file -> file.getName().endsWith(".class")).toList()) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        classes.getInputStream(entry).transferTo(content);
        put(entry.getName(), content.toByteArray());
      }
    }
  }

  private void put(String name, byte[] content) throws IOException {
    if (!names.add(name)) {
      return; // the first on a class path counts
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
