package io.thingward.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The small violations that prove that rules can fail: text until they are compiled here. */
final class Samples {
  private static final String IMPORTS =
      """
      import java.util.*;
      import io.thingward.credential.*;
      import io.thingward.model.*;
      """;

  private final List<Rule> rules;
  private final Path root;
  private final ClassLoader loader;

  /**
   * Compiles the samples of all rules at once. Each is a class {@code Bad} in a package, and
   * perhaps further ones of that name, each after a package clause of its own.
   *
   * @param root an empty directory
   */
  Samples(Path root, List<Rule> rules) throws IOException {
    this.root = root;
    this.rules = rules;
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      sources.addAll(sources(rules.get(i), "Bad" + i));
    }
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
    StringWriter said = new StringWriter();
    boolean done =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options, null, sources)
            .call();
    if (!done) {
      throw new IllegalArgumentException("a sample does not compile: " + said);
    }
    URL[] places = {root.toUri().toURL()};
    loader = new URLClassLoader(places, Samples.class.getClassLoader());
  }

  /* One class file could not be two classes, so each rule's sample has a name of its own. */
  private static List<Source> sources(Rule rule, String name) {
    String text = "package " + rule.place() + ";\n" + rule.sample();
    return Arrays.stream(text.replaceAll("\\bBad\\b", name).split("(?m)^(?=package )"))
        .map(unit -> new Source(name, unit.replaceFirst("\n", "\n" + IMPORTS)))
        .toList();
  }

  /** What a rule finds in its own sample. */
  List<String> violations(Rule rule) throws IOException {
    String name = "Bad" + rules.indexOf(rule) + ".class";
    try (Stream<Path> files = Files.walk(root)) {
      JavaClasses classes =
          new ClassFileImporter()
              .importPaths(
                  files.filter(file -> file.getFileName().toString().equals(name)).toList());
      return rule.check().violations(classes, loader);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(
          URI.create(
              "string:///"
                  + text.substring("package ".length(), text.indexOf(';')).replace('.', '/')
                  + "/"
                  + name
                  + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
