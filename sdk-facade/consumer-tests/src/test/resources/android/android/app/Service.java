package android.app;

import android.content.Intent;
import android.os.IBinder;

/** As much of it as the pages use. */
public abstract class Service {
  public static final int START_STICKY = 1;

  public void onCreate() {}

  public int onStartCommand(Intent intent, int flags, int startId) {
    return START_STICKY;
  }

  public void onDestroy() {}

  public abstract IBinder onBind(Intent intent);

  public final void startForeground(int id, Notification notification) {}
}
