package androidx.lifecycle;

/** As much of it as the pages use. */
public abstract class LiveData<T> {
  private T value;

  public T getValue() {
    return value;
  }

  protected void setValue(T value) {
    this.value = value;
  }
}
