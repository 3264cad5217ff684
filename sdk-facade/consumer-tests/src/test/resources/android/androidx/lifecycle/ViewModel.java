package androidx.lifecycle;

/** As much of it as the pages use. */
public abstract class ViewModel {
  public void addCloseable(AutoCloseable closeable) {}
}
