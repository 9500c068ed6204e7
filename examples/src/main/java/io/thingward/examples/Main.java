package io.thingward.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts a platform with what {@code fleet.json} has, and plays its stories on it, or the one that
 * the argument names.
 */
public final class Main {
  private static final int USAGE = 2;

  private Main() {}

  /* The stories, in the order in which they are told. */
  private enum Story {
    IOT_OPEN("iot-open") {
      @Override
      void play(Platform platform, Screen screen) {
        new IotOpenStory(platform, screen).play();
      }
    },
    LOSANT("losant") {
      @Override
      void play(Platform platform, Screen screen) throws InterruptedException {
        new LosantStory(platform, screen).play();
      }
    },
    DATACAKE("datacake") {
      @Override
      void play(Platform platform, Screen screen) {
        new DatacakeStory(platform, screen).play();
      }
    },
    LISTS("lists") {
      @Override
      void play(Platform platform, Screen screen) {
        new ListsStory(platform, screen).play();
      }
    };

    private final String argument;

    Story(String argument) {
      this.argument = argument;
    }

    abstract void play(Platform platform, Screen screen) throws InterruptedException;
  }

  /** Fails if anything comes out otherwise than the stories say. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int status =
        run(
            List.of(args),
            new PrintStream(System.out, true, StandardCharsets.UTF_8),
            new PrintStream(System.err, true, StandardCharsets.UTF_8));
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Plays all stories, or the one named; else says what may be named. Returns the exit status. */
  static int run(List<String> args, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    List<Story> stories =
        Arrays.stream(Story.values())
            .filter(story -> args.isEmpty() || args.equals(List.of(story.argument)))
            .toList();
    if (stories.isEmpty()) {
      err.println("usage: Main [" + arguments() + "]");
      return USAGE;
    }
    play(stories, new Screen(out));
    return 0;
  }

  private static String arguments() {
    return Arrays.stream(Story.values())
        .map(story -> story.argument)
        .collect(Collectors.joining("|"));
  }

  private static void play(List<Story> stories, Screen screen)
      throws IOException, InterruptedException {
    int devices;
    try (Platform platform = new Platform()) {
      devices = platform.fleet.all().size();
      screen.begin(
          "A platform with three workspaces and " + devices + " devices, as fleet.json has them.",
          "On the left what somebody tries, on the right what Thingward answers, and why.");
      for (Story story : stories) {
        story.play(platform, screen);
      }
    }
    String count = stories.size() == 1 ? "1 story, " : stories.size() + " stories, ";
    screen.end(count + screen.shown() + " outcomes, " + devices + " devices: all as told.");
  }
}
