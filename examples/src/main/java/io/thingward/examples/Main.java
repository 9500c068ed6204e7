package io.thingward.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts a platform with what {@code fleet.json} has, and plays three stories on it. */
public final class Main {
  private Main() {}

  /** Fails if anything comes out otherwise than the stories say. */
  public static void main(String[] args) throws IOException, InterruptedException {
    play(new PrintStream(System.out, true, StandardCharsets.UTF_8));
  }

  static void play(PrintStream out) throws IOException, InterruptedException {
    Screen screen = new Screen(out);
    int devices;
    try (Platform platform = new Platform()) {
      devices = platform.fleet.all().size();
      screen.begin(
          "A platform with three workspaces and " + devices + " devices, as fleet.json has them.",
          "On the left what somebody tries, on the right what Thingward answers, and why.");
      new IotOpenStory(platform, screen).play();
      new LosantStory(platform, screen).play();
      new DatacakeStory(platform, screen).play();
    }
    screen.end("3 stories, " + screen.shown() + " outcomes, " + devices + " devices: all as told.");
  }
}
