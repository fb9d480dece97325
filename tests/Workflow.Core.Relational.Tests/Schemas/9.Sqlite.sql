CREATE TABLE IF NOT EXISTS wf_schema_version (version INTEGER NOT NULL, store_name TEXT NOT NULL DEFAULT '', key_part TEXT NOT NULL DEFAULT '', name_keys INTEGER NOT NULL DEFAULT 1);
CREATE TABLE wf_process_number (last INTEGER NOT NULL, indexed_until INTEGER NOT NULL);
INSERT INTO wf_process_number (last, indexed_until) VALUES (0, 0);
CREATE TABLE wf_process (
    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, epoch INTEGER NOT NULL,
    status INTEGER NOT NULL, shown INTEGER NOT NULL, has_pending INTEGER NOT NULL,
    definition TEXT NOT NULL, definition_version INTEGER NOT NULL, folio TEXT NOT NULL,
    originator TEXT NOT NULL, originator_key TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
    error TEXT, fields BLOB, set_aside TEXT,
    owner TEXT, last_owner TEXT NOT NULL, leased_until INTEGER NOT NULL, put_off_until INTEGER NOT NULL, attempts INTEGER NOT NULL,
    journal_count INTEGER NOT NULL, is_indexed INTEGER NOT NULL,
    last_commit TEXT NOT NULL, earlier_commits TEXT NOT NULL, parent INTEGER);
CREATE INDEX wf_process_live ON wf_process (id) WHERE shown <> 3 AND is_indexed = 1;
CREATE INDEX wf_process_completed ON wf_process (id) WHERE shown = 3 AND is_indexed = 1;
CREATE INDEX wf_process_ended_of ON wf_process (definition, ended_at, id) WHERE shown = 3 AND is_indexed = 1;
CREATE INDEX wf_process_definition ON wf_process (definition, id) WHERE is_indexed = 1;
CREATE INDEX wf_process_originator ON wf_process (originator_key, id) WHERE is_indexed = 1;
CREATE INDEX wf_process_folio ON wf_process (folio, id) WHERE folio <> '' AND is_indexed = 1;
CREATE INDEX wf_process_rare ON wf_process (shown, id) WHERE shown <> 2 AND shown <> 3;
CREATE INDEX wf_process_claimable ON wf_process (id) WHERE has_pending = 1 AND set_aside IS NULL;
CREATE INDEX wf_process_owned ON wf_process (owner, id) WHERE owner IS NOT NULL;
CREATE INDEX wf_process_set_aside ON wf_process (id) WHERE set_aside IS NOT NULL;
CREATE INDEX wf_process_parent ON wf_process (parent, id) WHERE parent IS NOT NULL;
CREATE TABLE wf_period (hour INTEGER NOT NULL, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL, part INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (hour, part)) WITHOUT ROWID;
CREATE TABLE wf_field (
    process INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, value_key TEXT NOT NULL, PRIMARY KEY (process, number)) WITHOUT ROWID;
CREATE INDEX wf_field_value ON wf_field (name, value_key, process);
CREATE TABLE wf_content (
    process INTEGER NOT NULL, kind INTEGER NOT NULL, key_1 INTEGER NOT NULL, key_2 INTEGER NOT NULL, key_3 INTEGER NOT NULL,
    entries INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (process, kind, key_1, key_2, key_3)) WITHOUT ROWID;
CREATE TABLE wf_task (
    process INTEGER NOT NULL, destination INTEGER NOT NULL, kind INTEGER NOT NULL, name_key TEXT NOT NULL, name TEXT NOT NULL,
    is_open INTEGER NOT NULL, ended INTEGER NOT NULL, activity_instance INTEGER, activity TEXT, event TEXT, priority INTEGER, started_at INTEGER,
    is_indexed INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (process, destination, kind, name_key)) WITHOUT ROWID;
CREATE INDEX wf_task_open ON wf_task (kind, name_key, process, destination) WHERE is_open = 1;
CREATE INDEX wf_task_former ON wf_task (kind, name_key, process) WHERE is_open = 0 AND kind <> 0;
CREATE INDEX wf_task_all_open ON wf_task (process, destination) WHERE kind = 0 AND ended = 0 AND is_indexed = 1;
CREATE TABLE wf_server_item (
    process INTEGER NOT NULL, destination INTEGER NOT NULL, definition TEXT NOT NULL, activity TEXT NOT NULL, event TEXT NOT NULL,
    correlation_key TEXT, status INTEGER NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, ended_by TEXT,
    PRIMARY KEY (process, destination)) WITHOUT ROWID;
CREATE INDEX wf_server_item_waiting ON wf_server_item (process, destination) WHERE status = 1;
CREATE INDEX wf_server_item_definition ON wf_server_item (definition, process, destination);
CREATE INDEX wf_server_item_activity ON wf_server_item (activity, process, destination);
CREATE INDEX wf_server_item_event ON wf_server_item (event, process, destination);
CREATE INDEX wf_server_item_correlation ON wf_server_item (correlation_key, process, destination) WHERE correlation_key IS NOT NULL;
CREATE TABLE wf_timer (
    process INTEGER NOT NULL, number INTEGER NOT NULL, kind INTEGER NOT NULL, activity_instance INTEGER NOT NULL, destination INTEGER NOT NULL,
    due_at INTEGER NOT NULL, event_instance INTEGER NOT NULL DEFAULT 0, element TEXT NOT NULL DEFAULT '', occurrence INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (process, number)) WITHOUT ROWID;
CREATE INDEX wf_timer_due ON wf_timer (due_at, process, number);
CREATE TABLE wf_request (
    request_key TEXT PRIMARY KEY, process INTEGER NOT NULL, content BLOB NOT NULL, carried_out_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX wf_request_process ON wf_request (process);
CREATE TABLE wf_message (
    receiver INTEGER NOT NULL, sender INTEGER NOT NULL, number INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (receiver, sender, number)) WITHOUT ROWID;
CREATE TABLE wf_absence (user_key TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE wf_substitute (name_key TEXT NOT NULL, user_key TEXT NOT NULL, PRIMARY KEY (name_key, user_key)) WITHOUT ROWID;
CREATE INDEX wf_substitute_user ON wf_substitute (user_key);
CREATE TABLE wf_definition (
    name TEXT NOT NULL, version INTEGER NOT NULL, fingerprint TEXT NOT NULL, content TEXT NOT NULL, is_removed INTEGER NOT NULL,
    PRIMARY KEY (name, version)) WITHOUT ROWID;
CREATE TABLE wf_default_version (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE wf_news (number INTEGER PRIMARY KEY, process INTEGER NOT NULL, owner TEXT NOT NULL, content BLOB NOT NULL);
INSERT INTO wf_schema_version (version) VALUES (9);
UPDATE wf_schema_version SET store_name = lower(hex(randomblob(16))), key_part = lower(hex(randomblob(8)));
