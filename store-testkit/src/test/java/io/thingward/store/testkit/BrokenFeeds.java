package io.thingward.store.testkit;

import io.thingward.model.DeviceId;
import io.thingward.model.WorkspaceId;
import io.thingward.store.Change;
import io.thingward.store.SessionStore;
import io.thingward.store.Stores;
import io.thingward.store.WorkspaceRecord;
import io.thingward.store.WorkspaceStore;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores whose feed has one flaw each. */
final class BrokenFeeds {
  private BrokenFeeds() {}

  private static Broken<Stores> broken(String flaw, int rule, UnaryOperator<Stores> breaking) {
    return new Broken<>(flaw, rule, breaking);
  }

  static List<Broken<Stores>> all() {
    return Stream.of(
            List.of(
                broken("a gap: memberships are not told", 77, Gap::new),
                broken("the newest first", 78, Backwards::new),
                broken("told before it can be read", 81, TooEarly::new),
                broken("announcements are dropped", 85, Deaf::new)),
            ofAnyStore(),
            ofAnyStore().stream().map(BrokenFeeds::ofSessions).toList())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Broken<Stores>> ofAnyStore() {
    return List.of(
        broken("what was refused is told", 77, Boastful::new),
        broken("complete while a commit is late", 79, Late::new),
        broken("the same numbers after a restored copy", 80, WithoutHistory::new),
        broken("an entry is there before its change", 81, EntryFirst::new),
        broken("the end is the beginning", 82, BeginningAsEnd::new),
        broken("more than was asked for", 83, Unlimited::new),
        broken("complete before the end", 83, AlwaysComplete::new),
        broken("garbage is the beginning", 84, Lenient::new),
        broken("a trim loses its own place", 86, TrimsTooMuch::new),
        broken("what was trimmed is a silent gap", 86, SilentGap::new));
  }

  /* The same flaw in an engine that has sessions alone. */
  private static Broken<Stores> ofSessions(Broken<Stores> broken) {
    return broken(
        broken.flaw() + ", in the feed of sessions",
        broken.rule(),
        real -> {
          Stores flawed = broken.breaking().apply(real);
          return new Forwarding.OfStores(new FedStores(real)) {
            @Override
            public SessionStore sessions() {
              return flawed.sessions();
            }
          };
        });
  }

  private static final class Gap extends FedStores {
    Gap(Stores real) {
      super(real);
    }

    @Override
    protected void append(Change change) {
      if (!(change instanceof Change.OfMembership)) {
        super.append(change);
      }
    }
  }

  private static final class Boastful extends FedStores {
    Boastful(Stores real) {
      super(real);
    }

    @Override
    protected Object run(Object store, Method method, Object[] arguments) throws Throwable {
      synchronized (this) {
        Object result = super.run(store, method, arguments);
        if (result.equals(false)) {
          change(store, method.getName(), arguments[0]).ifPresent(this::append);
        }
        return result;
      }
    }
  }

  /*
   * What another thread than the reader's changes is told of first, and changed once the reader has
   * polled again: so a poll told of it, and all that the reader wanted to read then came too early.
   */
  private static final class EntryFirst extends FedStores {
    private final Thread reader = Thread.currentThread();
    private final CountDownLatch polledAgain = new CountDownLatch(1);
    private final Set<Change> open = ConcurrentHashMap.newKeySet();
    private boolean told;

    EntryFirst(Stores real) {
      super(real);
    }

    @Override
    protected Object run(Object store, Method method, Object[] arguments) throws Throwable {
      Optional<Change> change =
          method.getName().matches("(replace|delete).*")
              ? change(store, method.getName(), arguments[0])
              : Optional.empty();
      if (change.isEmpty() || Thread.currentThread() == reader) {
        return super.run(store, method, arguments);
      }
      open.add(change.get());
      synchronized (this) {
        append(change.get());
      }
      polledAgain.await();
      return invoke(store, method, arguments);
    }

    @Override
    public synchronized Poll poll(String after, int limit) {
      if (told) {
        polledAgain.countDown();
      }
      Poll poll = super.poll(after, limit);
      told |=
          poll instanceof Poll.Changes changes
              && changes.changes().stream().anyMatch(open::contains);
      return poll;
    }
  }

  private static final class Backwards extends FedStores {
    Backwards(Stores real) {
      super(real);
    }

    @Override
    protected Poll.Changes from(int from, int limit) {
      Poll.Changes right = super.from(from, limit);
      List<Change> backwards = new ArrayList<>(right.changes());
      Collections.reverse(backwards);
      return new Poll.Changes(backwards, right.next(), right.complete());
    }
  }

  /* The newest entry gets its number and is seen only later, as if its transaction were open. */
  private static final class Late extends FedStores {
    private Change open;

    Late(Stores real) {
      super(real);
    }

    @Override
    protected void append(Change change) {
      if (open != null) {
        super.append(open);
      }
      open = change;
    }
  }

  static final class WithoutHistory extends FedStores {
    WithoutHistory(Stores real) {
      super(real);
    }

    @Override
    protected String place(int position) {
      return "feed:" + position;
    }

    @Override
    protected int position(String place) {
      String[] parts = place.split(":", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("not a place");
      }
      return Integer.parseInt(parts[1]);
    }
  }

  private static final class TooEarly extends FedStores {
    private WorkspaceId newest;

    TooEarly(Stores real) {
      super(real);
    }

    @Override
    public WorkspaceStore workspaces() {
      return new Forwarding.OfWorkspaces(super.workspaces()) {
        @Override
        public boolean insert(WorkspaceRecord workspace) {
          newest = workspace.id();
          return super.insert(workspace);
        }

        @Override
        public Optional<WorkspaceRecord> find(WorkspaceId id) {
          return id.equals(newest) ? Optional.empty() : super.find(id);
        }
      };
    }
  }

  private static final class BeginningAsEnd extends FedStores {
    BeginningAsEnd(Stores real) {
      super(real);
    }

    @Override
    public synchronized String end() {
      return place(0);
    }
  }

  private static final class Unlimited extends FedStores {
    Unlimited(Stores real) {
      super(real);
    }

    @Override
    protected Poll.Changes from(int from, int limit) {
      return super.from(from, Integer.MAX_VALUE / 2);
    }
  }

  private static final class AlwaysComplete extends FedStores {
    AlwaysComplete(Stores real) {
      super(real);
    }

    @Override
    protected Poll.Changes from(int from, int limit) {
      Poll.Changes right = super.from(from, limit);
      return new Poll.Changes(right.changes(), right.next(), true);
    }
  }

  private static final class Lenient extends FedStores {
    Lenient(Stores real) {
      super(real);
    }

    @Override
    protected int position(String place) {
      try {
        return super.position(place);
      } catch (IllegalArgumentException garbage) {
        return 0;
      }
    }
  }

  private static final class Deaf extends FedStores {
    Deaf(Stores real) {
      super(real);
    }

    @Override
    public synchronized void announce(WorkspaceId workspace, DeviceId device) {}
  }

  private static final class TrimsTooMuch extends FedStores {
    TrimsTooMuch(Stores real) {
      super(real);
    }

    @Override
    public synchronized void trim(String before) {
      trimmed = position(before) + 1;
    }
  }

  private static final class SilentGap extends FedStores {
    SilentGap(Stores real) {
      super(real);
    }

    @Override
    public synchronized Poll poll(String after, int limit) {
      Poll right = super.poll(after, limit);
      return right instanceof Poll.Lost ? super.poll(place(trimmed), limit) : right;
    }
  }
}
