package android.net;

/** As much of it as the pages use. */
public class ConnectivityManager {
  public void registerDefaultNetworkCallback(NetworkCallback callback) {}

  public void unregisterNetworkCallback(NetworkCallback callback) {}

  public static class NetworkCallback {
    public void onAvailable(Network network) {}
  }
}
