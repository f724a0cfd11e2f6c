struct state {
    int before[4];
    int read_index;
    int between[19];
    int write_index;
    int rest[7];
};
