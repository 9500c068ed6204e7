package io.thingward.access;

import io.thingward.model.Limits;
import java.util.Optional;

/**
 * Where a request came from, as the host saw it: for audit, throttling and "last used". Never
 * trusted for a decision. Over-long text is cut and control characters are replaced, so that a
 * hostile header cannot make an authentication fail.
 *
 * @param source the address of the client, as text; throttling counts by it exactly as given
 * @param agent the user agent
 */
public record RequestContext(Optional<String> source, Optional<String> agent) {
  private static final RequestContext NONE = new RequestContext(Optional.empty(), Optional.empty());

  /** Cleans both. */
  public RequestContext {
    source = source.map(RequestContext::clean).filter(text -> !text.isEmpty());
    agent = agent.map(RequestContext::clean).filter(text -> !text.isEmpty());
  }

  /** A request of which nothing is known. It is throttled by account only. */
  public static RequestContext none() {
    return NONE;
  }

  /** A request from this address. */
  public static RequestContext of(String source) {
    return new RequestContext(Optional.of(source), Optional.empty());
  }

  /** A request from this address with this user agent. */
  public static RequestContext of(String source, String agent) {
    return new RequestContext(Optional.of(source), Optional.of(agent));
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), Limits.NAME_LENGTH));
    text.codePoints()
        .limit(Limits.NAME_LENGTH)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? 0xFFFD : c)
        .takeWhile(c -> clean.length() + Character.charCount(c) <= Limits.NAME_LENGTH)
        .forEachOrdered(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
