package androidx.lifecycle;

/** As much of it as the pages use. */
public class MutableLiveData<T> extends LiveData<T> {
  @Override
  public void setValue(T value) {
    super.setValue(value);
  }
}
