package io.github.bililive.generated;

import java.util.List;

/**
 * The three models of {@link AdapterBenchmark} as plain classes, for libraries that set fields by
 * reflection. Named as the JSON is, so that none needs annotations.
 *
 * <p>For Moshi's reflective adapter the types are those of the generated models. For Gson and
 * Jackson they are those of OpenAPI Generator's own models, where every number is boxed.
 */
final class PlainModels {
  private PlainModels() {}

  static class Start {
    public int code;
    public String message;
    public String request_id;
    public Integer ttl;
    public Data data;
  }

  static class StockStart {
    public Integer code;
    public String message;
    public String request_id;
    public Integer ttl;
    public Data data;
  }

  static class Data {
    public String conn_id;
    public Socket websocket_info;
  }

  static class Socket {
    public String auth_body;
    public List<String> wss_link;
  }

  static class Danmaku {
    public String open_id = "";
    public String union_id = "";
    public String uname = "";
    public String uface = "";
    public long uid;
    public long fans_medal_level;
    public String fans_medal_name = "";
    public boolean fans_medal_wearing_status;
    public long guard_level;
    public long room_id;
    public long timestamp;
    public String msg_id = "";
    public String msg = "";
    public String emoji_img_url = "";
    public long dm_type;
    public long glory_level;
    public String reply_open_id = "";
    public String reply_uname = "";
    public long is_admin;
  }

  // OpenAPI Generator's own is a HashMap besides, for the additional properties; Gson then reads
  // and writes the map alone and leaves the fields as they are.
  static class StockDanmaku {
    public String open_id = "";
    public String union_id = "";
    public String uname = "";
    public String uface = "";
    public Long uid = 0L;
    public Long fans_medal_level = 0L;
    public String fans_medal_name = "";
    public Boolean fans_medal_wearing_status = false;
    public Long guard_level = 0L;
    public Long room_id = 0L;
    public Long timestamp = 0L;
    public String msg_id = "";
    public String msg = "";
    public String emoji_img_url = "";
    public Long dm_type = 0L;
    public Long glory_level = 0L;
    public String reply_open_id = "";
    public String reply_uname = "";
    public Long is_admin = 0L;
  }

  static class Batch {
    public List<String> conn_ids;
  }
}
