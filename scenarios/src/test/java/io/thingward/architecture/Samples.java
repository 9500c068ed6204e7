package io.thingward.architecture;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the small violations that prove that a rule can fail. */
final class Samples {
  private static final String HEAD =
      """
      import java.util.*;
      import io.thingward.credential.*;
      import io.thingward.model.*;
      """;

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files =
      compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);

  /** Classes that were compiled, and where they are. */
  record Compiled(Path place, ClassLoader loader) {}

  /**
   * Compiles a sample: a class {@code Bad} in a package, and further ones of that name, each after
   * a package clause of its own.
   *
   * @param root an empty directory
   */
  Compiled compile(Path root, String place, String sample) throws IOException {
    List<Source> sources =
        Arrays.stream(("package " + place + ";\n" + sample).split("(?m)^(?=package )"))
            .map(unit -> unit.replaceFirst("\n", "\n" + HEAD))
            .map(Source::new)
            .toList();
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-Xlint:none",
            "--release",
            "17",
            "-d",
            root.toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    if (!compiler.getTask(null, files, null, options, null, sources).call()) {
      throw new IllegalArgumentException("the sample does not compile: " + sample);
    }
    URL[] places = {root.toUri().toURL()};
    return new Compiled(root, new URLClassLoader(places, Samples.class.getClassLoader()));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(
          URI.create(
              "string:///"
                  + text.substring("package ".length(), text.indexOf(';')).replace('.', '/')
                  + "/Bad.java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
