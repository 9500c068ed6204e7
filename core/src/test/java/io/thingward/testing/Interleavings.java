package io.thingward.testing;

import io.thingward.Thingward;
import io.thingward.error.ThingwardException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Explores how calls on several nodes interleave. Nodes share nothing but the stores, and a store
 * call is atomic, so that a schedule is an order of store calls. Every schedule is run that takes a
 * node off its turn at most a given number of times, each in a world of its own.
 */
public final class Interleavings {
  private final int preemptions;
  private final Function<Platform, List<Consumer<Thingward>>> setUp;
  private final BiConsumer<Platform, List<Optional<ThingwardException>>> check;

  private Interleavings(
      int preemptions,
      Function<Platform, List<Consumer<Thingward>>> setUp,
      BiConsumer<Platform, List<Optional<ThingwardException>>> check) {
    this.preemptions = preemptions;
    this.setUp = setUp;
    this.check = check;
  }

  /**
   * Explores.
   *
   * @param preemptions how often a node that could go on may be made to wait
   * @param setUp prepares a world and returns the calls, each for a node of its own
   * @param check looks at the world afterwards, and at what each call was refused with
   * @return how many schedules there are
   */
  public static int explore(
      int preemptions,
      Function<Platform, List<Consumer<Thingward>>> setUp,
      BiConsumer<Platform, List<Optional<ThingwardException>>> check) {
    return new Interleavings(preemptions, setUp, check).explore();
  }

  /* One decision: who went on, among whom. */
  private record Step(int chosen, Set<Integer> able) {}

  private int explore() {
    Deque<List<Integer>> open = new ArrayDeque<>();
    open.push(List.of());
    int schedules = 0;
    while (!open.isEmpty()) {
      List<Integer> start = open.pop();
      List<Step> steps = run(start);
      schedules++;
      List<Integer> taken = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        if (i >= start.size()) {
          for (int other : steps.get(i).able) {
            List<Integer> next = new ArrayList<>(taken);
            next.add(other);
            if (other != steps.get(i).chosen && preemptionsOf(next, steps) <= preemptions) {
              open.push(next);
            }
          }
        }
        taken.add(steps.get(i).chosen);
      }
    }
    return schedules;
  }

  private static int preemptionsOf(List<Integer> schedule, List<Step> steps) {
    int count = 0;
    for (int i = 1; i < schedule.size(); i++) {
      int last = schedule.get(i - 1);
      if (schedule.get(i) != last && steps.get(i).able.contains(last)) {
        count++;
      }
    }
    return count;
  }

  /* A node with its one call, which waits for its turn before it begins and before each store call. */
  private static final class Node extends Thread {
    private final Consumer<Thingward> action;
    private final Thingward thingward;
    private final Semaphore turn = new Semaphore(0);
    private final SynchronousQueue<Boolean> paused;
    private volatile Optional<ThingwardException> refusal = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    Node(Platform platform, Consumer<Thingward> action, SynchronousQueue<Boolean> paused) {
      this.action = action;
      this.paused = paused;
      ObservedStores stores = new ObservedStores(platform.memory);
      thingward =
          platform
              .time
              .set(Thingward.builder())
              .permissions(Platform.permissions())
              .stores(stores)
              .build();
      stores.disturb(
          (call, real) -> {
            if (Thread.currentThread() == this) {
              paused.put(true);
              turn.acquire();
            }
            return real.run();
          });
    }

    @Override
    public void run() {
      try {
        turn.acquire();
        action.accept(thingward);
      } catch (ThingwardException refused) {
        refusal = Optional.of(refused);
      } catch (Throwable failed) { // an assertion, too, is for the thread that explores
        failure = Optional.of(failed);
      }
      try {
        paused.put(false);
      } catch (InterruptedException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  private List<Step> run(List<Integer> start) {
    List<Step> steps = new ArrayList<>();
    List<Node> nodes = new ArrayList<>();
    SynchronousQueue<Boolean> paused = new SynchronousQueue<>();
    try (Platform platform = new Platform()) {
      setUp.apply(platform).forEach(action -> nodes.add(new Node(platform, action, paused)));
      nodes.forEach(Thread::start);
      Set<Integer> able = new HashSet<>();
      for (int i = 0; i < nodes.size(); i++) {
        able.add(i);
      }
      int last = 0;
      while (!able.isEmpty()) {
        int next = able.contains(last) ? last : able.iterator().next();
        if (steps.size() < start.size()) {
          next = start.get(steps.size());
        }
        steps.add(new Step(next, Set.copyOf(able)));
        nodes.get(next).turn.release();
        if (!paused.take()) {
          able.remove(next);
        }
        last = next;
      }
      for (Node node : nodes) {
        node.join();
        if (node.failure.isPresent()) {
          throw new AssertionError("schedule " + start, node.failure.get());
        }
      }
      try {
        check.accept(platform, nodes.stream().map(node -> node.refusal).toList());
      } catch (AssertionError failed) {
        throw new AssertionError("after " + steps.stream().map(Step::chosen).toList(), failed);
      }
      return steps;
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      nodes.forEach(node -> node.thingward.close());
    }
  }
}
