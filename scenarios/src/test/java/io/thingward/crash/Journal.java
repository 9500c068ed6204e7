package io.thingward.crash;

/** Is told what workers do, before and after each call. One worker does one thing at a time. */
interface Journal {
  /** A call is about to be made; what it will have made true is not known in every detail yet. */
  void begun(int worker, Deed attempted);

  /** The call was acknowledged. */
  void done(int worker, Deed deed);

  /** The call was refused: the library says that nothing was changed. */
  void refused(int worker);

  /** The feed told of so many changes so far, and stands at this place. */
  void read(int changes, String place);

  /** Whether to do more. */
  boolean goesOn();
}
