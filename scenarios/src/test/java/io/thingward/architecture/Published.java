package io.thingward.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The published modules, as they lie on the class path: directories of classes, or jars. */
final class Published {
  private static final List<Path> PLACES =
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .filter(Published::isPublished)
          .toList();

  private static final Set<String> EXPORTED =
      PLACES.stream()
          .flatMap(place -> module(place).exports().stream())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toUnmodifiableSet());

  private Published() {}

  private static boolean isPublished(Path place) {
    return Files.exists(place)
        && ModuleFinder.of(place).findAll().stream()
            .map(module -> module.descriptor())
            .anyMatch(module -> module.name().startsWith("io.thingward.") && !module.isAutomatic());
  }

  /** Where the modules are. */
  static List<Path> places() {
    return PLACES;
  }

  /** All their classes. */
  static JavaClasses classes() {
    // a URL of each, as jars are not read by path
    return new ClassFileImporter().importUrls(PLACES.stream().map(Published::url).toList());
  }

  private static URL url(Path place) {
    try {
      return Files.isDirectory(place)
          ? place.toUri().toURL()
          : new URL("jar:" + place.toUri() + "!/");
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The descriptor of the module at a place. */
  static ModuleDescriptor module(Path place) {
    return ModuleFinder.of(place).findAll().iterator().next().descriptor();
  }

  /** The names of the exported packages of all modules. */
  static Set<String> exportedPackages() {
    return EXPORTED;
  }

  /** Whether a class can be named by users of a module: public, all around, in such a package. */
  static boolean isExported(Class<?> type, Set<String> packages) {
    boolean visible = packages.contains(type.getPackageName());
    for (Class<?> at = type; at != null; at = at.getEnclosingClass()) {
      visible &= (at.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }
    return visible && !type.isAnonymousClass() && !type.isLocalClass();
  }

  /** The exported types of the module at a place, by name. */
  static List<Class<?>> exportedTypes(Path place) {
    Set<String> packages =
        module(place).exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toUnmodifiableSet());
    return classNames(place)
        .<Class<?>>map(Published::load)
        .filter(type -> isExported(type, packages))
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }

  private static Stream<String> classNames(Path place) {
    try {
      if (Files.isDirectory(place)) {
        return classNamesUnder(place).stream();
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return classNamesUnder(jar.getPath("/")).stream();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> classNamesUnder(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .filter(name -> !name.startsWith("META-INF/"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Published.class.getClassLoader());
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
