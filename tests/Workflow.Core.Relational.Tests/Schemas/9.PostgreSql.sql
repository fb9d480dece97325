CREATE TABLE IF NOT EXISTS wf_schema_version (version integer NOT NULL, store_name TEXT NOT NULL DEFAULT '', key_part TEXT NOT NULL DEFAULT '', name_keys integer NOT NULL DEFAULT 1);
CREATE SEQUENCE wf_process_number;
CREATE FUNCTION wf_now() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 10000000)::bigint + 621355968000000000 $$;
CREATE TABLE wf_process (
    id bigint PRIMARY KEY, version bigint NOT NULL, epoch bigint NOT NULL,
    status integer NOT NULL, shown integer NOT NULL, has_pending integer NOT NULL,
    definition text COLLATE "C" NOT NULL, definition_version integer NOT NULL, folio text COLLATE "C" NOT NULL,
    originator text COLLATE "C" NOT NULL, originator_key text COLLATE "C" NOT NULL, started_at bigint NOT NULL, ended_at bigint NOT NULL,
    error text COLLATE "C", fields bytea, set_aside text COLLATE "C",
    owner text COLLATE "C", last_owner text COLLATE "C" NOT NULL, leased_until bigint NOT NULL, put_off_until bigint NOT NULL, attempts integer NOT NULL,
    journal_count bigint NOT NULL,
    last_commit text COLLATE "C" NOT NULL, earlier_commits text COLLATE "C" NOT NULL, parent bigint);
CREATE INDEX wf_process_status ON wf_process (shown, id);
CREATE INDEX wf_process_ended_of ON wf_process (definition, ended_at, id) WHERE shown = 3;
CREATE INDEX wf_process_definition ON wf_process (definition, id);
CREATE INDEX wf_process_originator ON wf_process (originator_key, id);
CREATE INDEX wf_process_folio ON wf_process (folio, id) WHERE folio <> '';
CREATE INDEX wf_process_claimable ON wf_process (id) WHERE has_pending = 1 AND set_aside IS NULL;
CREATE INDEX wf_process_owned ON wf_process (owner, id) WHERE owner IS NOT NULL;
CREATE INDEX wf_process_set_aside ON wf_process (id) WHERE set_aside IS NOT NULL;
CREATE INDEX wf_process_parent ON wf_process (parent, id) WHERE parent IS NOT NULL;
CREATE TABLE wf_period (hour bigint NOT NULL, first_id bigint NOT NULL, last_id bigint NOT NULL, part bigint NOT NULL DEFAULT 0, PRIMARY KEY (hour, part));
CREATE TABLE wf_field (
    process bigint NOT NULL, number integer NOT NULL, name text COLLATE "C" NOT NULL, value_key text COLLATE "C" NOT NULL, PRIMARY KEY (process, number));
CREATE INDEX wf_field_value ON wf_field (name, value_key, process);
CREATE TABLE wf_content (
    process bigint NOT NULL, kind integer NOT NULL, key_1 bigint NOT NULL, key_2 integer NOT NULL, key_3 integer NOT NULL,
    entries integer NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (process, kind, key_1, key_2, key_3));
CREATE TABLE wf_task (
    process bigint NOT NULL, destination integer NOT NULL, kind integer NOT NULL, name_key text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
    is_open integer NOT NULL, ended integer NOT NULL, activity_instance integer, activity text COLLATE "C", event text COLLATE "C", priority integer, started_at bigint,
    PRIMARY KEY (process, destination, kind, name_key));
CREATE INDEX wf_task_open ON wf_task (kind, name_key, process, destination) WHERE is_open = 1;
CREATE INDEX wf_task_former ON wf_task (kind, name_key, process) WHERE is_open = 0 AND kind <> 0;
CREATE INDEX wf_task_all_open ON wf_task (process, destination) WHERE kind = 0 AND ended = 0;
CREATE TABLE wf_server_item (
    process bigint NOT NULL, destination integer NOT NULL, definition text COLLATE "C" NOT NULL, activity text COLLATE "C" NOT NULL, event text COLLATE "C" NOT NULL,
    correlation_key text COLLATE "C", status integer NOT NULL, started_at bigint NOT NULL, ended_at bigint NOT NULL, ended_by text COLLATE "C",
    PRIMARY KEY (process, destination));
CREATE INDEX wf_server_item_waiting ON wf_server_item (process, destination) WHERE status = 1;
CREATE INDEX wf_server_item_definition ON wf_server_item (definition, process, destination);
CREATE INDEX wf_server_item_activity ON wf_server_item (activity, process, destination);
CREATE INDEX wf_server_item_event ON wf_server_item (event, process, destination);
CREATE INDEX wf_server_item_correlation ON wf_server_item (correlation_key, process, destination) WHERE correlation_key IS NOT NULL;
CREATE TABLE wf_timer (
    process bigint NOT NULL, number integer NOT NULL, kind integer NOT NULL, activity_instance integer NOT NULL, destination integer NOT NULL,
    due_at bigint NOT NULL, event_instance integer NOT NULL DEFAULT 0, element text COLLATE "C" NOT NULL DEFAULT '', occurrence integer NOT NULL DEFAULT 0, PRIMARY KEY (process, number));
CREATE INDEX wf_timer_due ON wf_timer (due_at, process, number);
CREATE TABLE wf_request (
    request_key text COLLATE "C" PRIMARY KEY, process bigint NOT NULL, content bytea NOT NULL, carried_out_at bigint NOT NULL);
CREATE INDEX wf_request_process ON wf_request (process);
CREATE TABLE wf_message (
    receiver bigint NOT NULL, sender bigint NOT NULL, number integer NOT NULL, content bytea NOT NULL,
    PRIMARY KEY (receiver, sender, number));
CREATE TABLE wf_absence (user_key text COLLATE "C" PRIMARY KEY, content text COLLATE "C" NOT NULL);
CREATE TABLE wf_substitute (name_key text COLLATE "C" NOT NULL, user_key text COLLATE "C" NOT NULL, PRIMARY KEY (name_key, user_key));
CREATE INDEX wf_substitute_user ON wf_substitute (user_key);
CREATE TABLE wf_definition (
    name text COLLATE "C" NOT NULL, version integer NOT NULL, fingerprint text COLLATE "C" NOT NULL, content text COLLATE "C" NOT NULL, is_removed integer NOT NULL,
    PRIMARY KEY (name, version));
CREATE TABLE wf_default_version (name text COLLATE "C" PRIMARY KEY, version integer NOT NULL);
CREATE TABLE wf_news (number bigint GENERATED BY DEFAULT AS IDENTITY, transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(), process bigint NOT NULL, owner text COLLATE "C" NOT NULL, content bytea NOT NULL, PRIMARY KEY (transaction_id, number));
INSERT INTO wf_schema_version (version) VALUES (9);
UPDATE wf_schema_version SET store_name = md5(gen_random_uuid()::text), key_part = substr(md5(gen_random_uuid()::text), 1, 16);
